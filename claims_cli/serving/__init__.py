"""Claims for programs: stores and texts asked by an agent (MCP) or over HTTP. Nothing here imports a server at once."""
