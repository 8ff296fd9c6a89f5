// An MCP client made of the TypeScript SDK as it is published. It reads a list of
// servers from standard input, each {"url": ...} or {"command": ..., "args": [...]},
// with the "calls" to make, lists the tools of each and makes the calls.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const require = createRequire(process.argv[2] + "/");
const load = (name) => import(pathToFileURL(require.resolve("@modelcontextprotocol/sdk/" + name)).href);
const { Client } = await load("client/index.js");
const { StdioClientTransport } = await load("client/stdio.js");
const { StreamableHTTPClientTransport } = await load("client/streamableHttp.js");

for (const server of JSON.parse(readFileSync(0, "utf8"))) {
  const transport = server.url
    ? new StreamableHTTPClientTransport(new URL(server.url))
    : new StdioClientTransport({ command: server.command, args: server.args, stderr: "ignore" });
  const client = new Client({ name: "foreign", version: "1" });
  await client.connect(transport);
  const found = { world: client.getServerVersion().name, tools: 0, succeeded: 0, refused: 0, structured: 0 };
  let cursor;
  do {
    const page = await client.listTools({ cursor });
    found.tools += page.tools.length;
    cursor = page.nextCursor;
  } while (cursor);
  for (const call of server.calls) {
    const result = await client.callTool(call); // throws where structured content is not of the declared shape
    found[result.isError ? "refused" : "succeeded"]++;
    found.structured += result.structuredContent ? 1 : 0;
  }
  if (server.url) await transport.terminateSession();
  await client.close();
  console.log(JSON.stringify(found));
}
