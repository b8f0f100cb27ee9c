"""Reading: from marked-up or plain text to blocks with their kinds and places, for every reader."""
