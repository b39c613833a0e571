"""How well the language model agrees with readers: the parts of `models/evaluate.py`."""
