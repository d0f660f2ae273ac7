import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { loadKnowledge } from "../knowledge/load-knowledge.ts"
import { matchCatalogue } from "./match-catalogue.ts"
import { splitCommandLine } from "./split-command-line.ts"
import { supplyChainFlags } from "./supply-chain-flags.ts"
import { unwrapLaunch } from "./unwrap-launch.ts"

/** Command line → what it starts in the end, as kind and name, with its version. */
const LAUNCHES: readonly (readonly [line: string, kind: string, name: string, version: string | null])[] = [
  ["npx -y @playwright/mcp@latest --headless", "package", "@playwright/mcp", "latest"],
  ["npx --package=@x/y@1.2.3 y", "package", "@x/y", "1.2.3"],
  ["npx -p @x/y y", "package", "@x/y", null],
  ["C:\\nodejs\\npx.cmd -y tavily-mcp", "package", "tavily-mcp", null],
  ["/opt/bin/npx tavily-mcp@0.2.1", "package", "tavily-mcp", "0.2.1"],
  ["pnpm dlx exa-mcp-server", "package", "exa-mcp-server", null],
  ["yarn dlx exa-mcp-server", "package", "exa-mcp-server", null],
  ["bun x exa-mcp-server", "package", "exa-mcp-server", null],
  ["npm exec -- exa-mcp-server@3.0.0", "package", "exa-mcp-server", "3.0.0"],
  ["uvx --python 3.12 mcp-server-git==2.0", "package", "mcp-server-git", "2.0"],
  ["uvx mcp-server-git@latest", "package", "mcp-server-git", "latest"],
  ["uvx --from mcp-atlassian[http] run-it", "package", "mcp-atlassian", null],
  ["npx tsx", "package", "tsx", null],
  ["uv tool run mcp-server-fetch", "package", "mcp-server-fetch", null],
  ["pipx run mcp-server-fetch", "package", "mcp-server-fetch", null],
  ["docker run -i --rm -e TOKEN --name x -v /a:/b mcp/grafana:1.4 --flag", "image", "mcp/grafana", "1.4"],
  ["docker run --rm -it --network=host registry.test:5000/a/b", "image", "registry.test:5000/a/b", null],
  [
    "podman run -i ghcr.io/github/github-mcp-server@sha256:ab12",
    "image",
    "ghcr.io/github/github-mcp-server",
    "sha256:ab12",
  ],
  ["bash -lc 'cd /srv && exec npx -y tavily-mcp@1.0.0'", "package", "tavily-mcp", "1.0.0"],
  ["cmd /c npx -y tavily-mcp", "package", "tavily-mcp", null],
  ["wsl.exe -d Ubuntu -e bash -c 'KEY=x npx tavily-mcp'", "package", "tavily-mcp", null],
  ["env -u X A=b uvx mcp-server-time", "package", "mcp-server-time", null],
  ["sh -c \"sh -c 'npx tavily-mcp'\"", "package", "tavily-mcp", null],
]

describe("unwrapping a launch", () => {
  for (const [line, kind, name, version] of LAUNCHES) {
    it(`sees ${name} behind ${line}`, () => {
      const launch = unwrapLaunch(splitCommandLine(line))
      assert.deepEqual(
        launch.kind === "package" || launch.kind === "image"
          ? [launch.kind, launch.name, launch.version]
          : launch,
        [kind, name, version],
      )
    })
  }

  it("takes a script, a module and a program for local code", () => {
    for (const line of [
      "node server.js",
      "python -m mine.server",
      "uv run main.py",
      "./start.sh",
      "npx -y tsx src/mcp.ts",
      "npx ts-node ./main.mts",
      "uvx fastmcp run server.py:app",
      "go run .",
    ]) {
      assert.equal(unwrapLaunch(splitCommandLine(line)).kind, "local", line)
    }
  })

  it("ends, however deep shells are wrapped", () => {
    assert.equal(unwrapLaunch(Array.from({ length: 1000 }, (_, n) => (n % 2 ? "-c" : "bash"))).kind, "local")
  })
})

describe("supply-chain flags", () => {
  it("call what may change under its name unpinned", () => {
    for (const line of [
      "npx x",
      "npx x@latest",
      "npx x@^1.0.0",
      "uvx x",
      "docker run mcp/x",
      "docker run mcp/x:latest",
      "npx git+https://x.test/y",
    ]) {
      assert.ok(flags(line).includes("unpinned"), line)
    }
  })

  it("say nothing of what is exact or local", () => {
    for (const line of [
      "npx x@1.0.0",
      "uvx x==2.1",
      "docker run mcp/x:1.4",
      "docker run mcp/x@sha256:ab",
      "node x.js",
    ]) {
      assert.deepEqual(flags(line), [], line)
    }
  })

  it("tell a source that is fetched as it is, pinned by its commit or not", () => {
    assert.deepEqual(flags("uvx --from git+https://x.test/y@0a1b2c3d4e5f x"), ["remote-source"])
  })

  it("call plain http to another machine plain, and to this one not", () => {
    assert.deepEqual(supplyChainFlags(null, "http://mcp.test/mcp"), ["plain-http"])
    for (const url of [
      "http://localhost:3000",
      "http://127.0.0.1/mcp",
      "http://[::1]:1/",
      "https://mcp.test",
    ]) {
      assert.deepEqual(supplyChainFlags(null, url), [], url)
    }
  })
})

describe("the catalogue", () => {
  const pack = loadKnowledge()
  const idOf = (line: string, url: string | null = null): string | undefined =>
    matchCatalogue({ launch: unwrapLaunch(splitCommandLine(line)), url }, pack)?.id

  it("knows a server by package, image, program, module and words", () => {
    assert.equal(idOf("npx -y @modelcontextprotocol/server-filesystem /"), "filesystem")
    assert.equal(idOf("docker run -i docker.io/mcp/grafana:1"), "grafana")
    assert.equal(idOf("/usr/bin/github-mcp-server stdio"), "github")
    assert.equal(idOf("python -m twilio_sms_mcp.boot"), "twilio")
    assert.equal(idOf("uvx mcp_server_Git"), "git", "Python's registry takes it for the same name")
    assert.equal(idOf("npx mcp_server_git"), undefined)
    assert.equal(idOf("glab mcp serve"), "gitlab")
    assert.equal(idOf("docker mcp gateway run"), "docker-gateway")
    assert.equal(idOf("uvx --from git+https://github.com/oraios/serena serena start"), "serena")
  })

  it("knows the server behind an address, and not one whose address only begins alike", () => {
    assert.equal(idOf("", "https://mcp.linear.app/mcp?x=1"), "linear")
    assert.equal(idOf("", "https://mcp.linear.app.evil.test/mcp"), undefined)
    assert.equal(idOf("", "https://mcp.linear.app/mcpx"), undefined)
  })

  it("knows by its path a server that each organisation runs at a host of its own", () => {
    assert.equal(idOf("", "https://ci.example.test/jenkins/mcp-server/mcp"), "jenkins")
    assert.equal(idOf("", "https://ci.example.test/not-mcp-server/mcp"), undefined)
  })

  it("does not take a package for another because the names are close", () => {
    assert.equal(idOf("npx @anthropic-ai/mcp-filesystem-server"), undefined)
  })
})

function flags(line: string): readonly string[] {
  return supplyChainFlags(unwrapLaunch(splitCommandLine(line)), null)
}
