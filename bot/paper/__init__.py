"""Outward to paper: what is exported becomes pages that can be printed."""
