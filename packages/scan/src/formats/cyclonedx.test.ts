import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { cyclonedxOf } from "./cyclonedx.ts"
import { sampleReport } from "./fixtures/sample-report.ts"

describe("a report as a bill of materials", () => {
  it("is CycloneDX 1.7, made while discovering, and the same for the same report", () => {
    const bom = cyclonedxOf(sampleReport())
    assert.equal(bom.bomFormat, "CycloneDX")
    assert.equal(bom.specVersion, "1.7")
    assert.deepEqual(bom.metadata.lifecycles, [{ phase: "discovery" }])
    assert.match(
      bom.serialNumber,
      /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/,
    )
    assert.deepEqual(bom, cyclonedxOf(sampleReport()))
    assert.notEqual(bom.serialNumber, cyclonedxOf(sampleReport({ host: "other" })).serialNumber)
  })

  it("has each agent as an application, with how freely it acts and where it was seen", () => {
    const [agent] = cyclonedxOf(sampleReport()).components
    assert.equal(agent?.type, "application")
    assert.equal(agent?.name, "Claude Code")
    assert.deepEqual(agent?.evidence.occurrences, [{ location: "/home/ada/.claude-code/settings.json" }])
    assert.ok(agent?.properties.some(({ name, value }) => name === "tabard:autonomy" && value === "broad"))
  })

  it("has each MCP server as a service, and says which way data can go", () => {
    const services = cyclonedxOf(sampleReport()).services
    assert.deepEqual(
      services.map((service) => `${service.name} ${service.data[0].flow} ${service["x-trust-boundary"]}`),
      [
        "github bi-directional true",
        "files bi-directional true",
        "slack bi-directional true",
        "search outbound false",
        "notes unknown true",
      ],
    )
    assert.deepEqual(services[0]?.endpoints, ["https://api.example/mcp"])
    assert.ok(services[1] && !("endpoints" in services[1]))
  })

  it("names which agent uses which server, and no server that it does not describe", () => {
    const [first] = sampleReport().agents
    assert.ok(first)
    const bom = cyclonedxOf(
      sampleReport({ agents: [{ ...first, mcpServers: ["mcp-server:slack", "gone"] }] }),
    )
    assert.deepEqual(bom.dependencies, [{ ref: first.key, dependsOn: ["mcp-server:slack"] }])
  })

  it("holds no credential, not even its kind or fingerprint", () => {
    const text = JSON.stringify(cyclonedxOf(sampleReport()))
    for (const { key, kind, fingerprint } of sampleReport().credentials) {
      for (const trace of [key, kind, fingerprint ?? ""]) assert.ok(!text.includes(trace), trace)
    }
  })
})
