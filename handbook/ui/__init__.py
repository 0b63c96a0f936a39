"""The windows. The only package that imports Qt; each module here is one widget or one service for them."""
