import { ApiProblem } from "@tabard/api"
import { renderToStaticMarkup } from "react-dom/server"
import { describe, expect, it } from "vitest"
import { ClockProvider } from "../data/clock-context.ts"
import { Loaded, type Reading } from "./loaded.tsx"
import { Said } from "./said.tsx"

const NOW = Date.parse("2026-11-21T12:00:00Z")

describe("a list", () => {
  it("shows the shape of what will come while it is read", () => {
    expect(shown({})).toContain("bars")
    expect(shown({})).toContain("The agents: reading")
  })

  it("says what could not be read and why, and lets it be tried again", () => {
    const html = shown({ error: new ApiProblem(503, "record_unavailable", "the store does not answer") })
    expect(html).toContain("The agents could not be read")
    expect(html).toContain("The store does not answer.")
    expect(html).toContain("Try again")
  })

  it("keeps what was read before, and says since when it is old", () => {
    const html = shown({ data: ["Claude Code"], error: new Error("offline"), updatedAt: NOW - 180_000 })
    expect(html).toContain("Claude Code")
    expect(html).toContain("could not be read again")
    expect(html).toContain("3 minutes ago")
  })

  it("says that there is nothing only where nothing was read", () => {
    expect(shown({ data: [] })).toContain("none yet")
    expect(shown({ data: ["Cursor"] })).not.toContain("none yet")
  })

  it("says what is missing above what is there", () => {
    expect(shown({ data: ["Cursor"] }, "2 places were not read")).toMatch(/2 places were not read.*Cursor/)
  })
})

describe("a name out of a scan", () => {
  it("is data on the page, whatever is in it", () => {
    const html = renderToStaticMarkup(<Said text={"<img src=x onerror=alert(1)>\u202Egpj"} />)
    expect(html).not.toContain("<img")
    expect(html).toContain("⟨U+202E⟩")
    expect(html).toMatch(/^<bdi>/)
  })
})

function shown(known: Partial<Reading<readonly string[]>>, missing: string | null = null): string {
  const reading = { data: undefined, error: null, updatedAt: 0, retry: () => {}, ...known }
  return renderToStaticMarkup(
    <ClockProvider value={() => NOW}>
      <Loaded
        reading={reading}
        what="The agents"
        loading="bars"
        isEmpty={(agents) => agents.length === 0}
        empty="none yet"
        partial={() => missing}
      >
        {(agents) => agents.join(", ")}
      </Loaded>
    </ClockProvider>,
  )
}
