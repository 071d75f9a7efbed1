"""`protocolbot school` and `protocolbot leadership`: what the file says otherwise, and who reads reports."""
