"""What an article prints twice: found cheaply, then judged."""
