"""Cards: moving backgrounds that are drawn, with a phrase set on them."""
