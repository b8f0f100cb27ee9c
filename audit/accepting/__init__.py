"""What counts for nothing among the findings of a run: what somebody accepted with a reason, and what is not new."""
