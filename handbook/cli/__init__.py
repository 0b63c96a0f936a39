"""The `handbook` command: arguments in, answers and exit codes out."""
