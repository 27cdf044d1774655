"""Opening, probing, decoding, filtering, encoding: everything that touches libav."""
