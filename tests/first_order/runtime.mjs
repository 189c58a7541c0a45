// What Lambda's runtime for Node does: loads the handler, then asks for events and answers them.

import http from "node:http";

const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(":");
const agent = new http.Agent({ keepAlive: true });
const { handler } = await import("./handler.mjs");

function ask(method, path, body) {
  return new Promise((resolve, reject) => {
    const options = { host, port, agent, method, path: `/2018-06-01/runtime/invocation/${path}` };
    const request = http.request(options, (response) => {
      const parts = [];
      response.on("data", (part) => parts.push(part));
      response.on("end", () => {
        resolve({ headers: response.headers, body: Buffer.concat(parts).toString() });
      });
    });
    request.on("error", reject);
    request.end(body);
  });
}

for (;;) {
  const { headers, body } = await ask("GET", "next");
  const answer = await handler(JSON.parse(body));
  await ask("POST", `${headers["lambda-runtime-aws-request-id"]}/response`, JSON.stringify(answer));
}
