//! Nothing of its own: the tests hold the DynamoDB adapters of `backend` to `backend::contract`.
