"""What each command does, one file a command: ``run(options)`` gives the exit code."""
