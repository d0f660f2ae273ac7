import { SINK_SECRETS, SINK_SETTINGS } from "@tabard/api"
import { SINK_KINDS } from "@tabard/core"
import { expect, it } from "vitest"
import { receiverIn } from "./receiver-in.ts"
import { NEW_SINK } from "./sink-draft.ts"
import { SINK_FIELDS } from "./sink-fields.ts"

const TYPED: Readonly<Record<string, string>> = {
  stream: "Custom-Tabard_CL",
  bucket: "a-bucket",
  headers: "Authorization: Bearer a:b\n\nX-Scope-OrgID: acme",
  url: "https://siem.example/v1/logs",
}

it("makes of each form what the API takes of its kind, with what is usual where nothing was typed", () => {
  for (const kind of SINK_KINDS) {
    const needed = SINK_FIELDS[kind].filter(({ usual, optional }) => usual === undefined && !optional)
    const values = Object.fromEntries(needed.map(({ name }) => [name, TYPED[name] ?? "word"]))
    const made = receiverIn({ ...NEW_SINK, kind, values })
    expect(made.kind).toBe(kind)
    expect(SINK_SETTINGS[kind].safeParse(made.settings).error?.message, kind).toBe(undefined)
    expect(SINK_SECRETS[kind].safeParse(made.secrets ?? {}).error?.message, kind).toBe(undefined)
  }
})

it("leaves secrets out where nobody typed any, and reads headers by their first colon", () => {
  const splunk = receiverIn({ ...NEW_SINK, kind: "splunk", values: { url: "https://x.example" } })
  expect("secrets" in splunk).toBe(false)
  const otlp = receiverIn({ ...NEW_SINK, kind: "otlp", values: TYPED })
  expect(otlp.secrets).toEqual({ headers: { Authorization: "Bearer a:b", "X-Scope-OrgID": "acme" } })
})
