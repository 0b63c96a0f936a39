"""An offline field handbook: read, find and print a text and the training material around it."""
