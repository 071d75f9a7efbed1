"""Reads the blocks of a school's file, and says where something is wrong."""
