//! What runs in Lambda, in the role that its environment names.

use std::process::ExitCode;

fn main() -> ExitCode {
    // One invocation at a time: more threads would wait.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("the operating system has what a runtime needs");
    match runtime.block_on(backend::aws::main()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("lambda: {error:#}");
            ExitCode::FAILURE
        }
    }
}
