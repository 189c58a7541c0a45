//! The binary of Lambda as a process; that it is built for this is how the acceptance scenarios on
//! the stand-in for AWS come by it.

use std::process::Command;

#[test]
fn a_function_that_is_not_told_what_it_is_says_so_in_one_sentence() {
    let ended = Command::new(env!("CARGO_BIN_EXE_lambda")).env_clear().output();
    let ended = ended.expect("the binary can be started");
    assert_eq!(ended.status.code(), Some(1));
    let said = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(said, "lambda: SERVERLESSPRESSO_ROLE is not set\n");
}
