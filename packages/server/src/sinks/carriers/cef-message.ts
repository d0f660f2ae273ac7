import type { CarriedItem } from "@tabard/control"
import type { Json, JsonObject } from "@tabard/core"
import { eventIn, objectIn, textIn } from "./event-in.ts"
import type { Fitted } from "./json-within.ts"

/** Answers an item in ArcSight's Common Event Format, version 0, of at most so many bytes: fields that do not fit are left out. */
export function cefMessage(
  item: CarriedItem,
  { version }: { readonly version: string },
  room: number,
): Fitted {
  const { type } = item
  const event = eventIn(item.body)
  const denied = objectIn(event["decision"])["effect"] === "deny"
  const header = ["Tabard", "Tabard", version, type, type.replaceAll(/[.-]/g, " "), denied ? "6" : "3"]
  const told = Object.entries(extension(item, event)).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${inExtension(value)}`],
  )
  const whole = `CEF:0|${header.map(inHeader).join("|")}|${told.join(" ")}`
  const bytes = Buffer.byteLength(whole)
  if (bytes <= room) return { text: whole, cut: undefined }
  let fields = told
  let text = whole
  while (Buffer.byteLength(text) > room && fields.length > 0) {
    fields = fields.slice(0, -1)
    text = `CEF:0|${header.map(inHeader).join("|")}|${fields.join(" ")}`
  }
  return { text, cut: bytes }
}

/** What names the item comes first, so that it stays where the rest does not fit. */
function extension(
  { key, place, at, type }: CarriedItem,
  event: JsonObject,
): Readonly<Record<string, string | undefined>> {
  const actor = objectIn(event["actor"])
  const decision = objectIn(event["decision"])
  const outcome = textIn(event["outcome"]) ?? textIn(decision["effect"])
  return {
    rt: String(at.getTime()),
    externalId: key,
    cn1: String(place),
    cn1Label: "place",
    act: textIn(event["action"]) ?? type,
    outcome,
    suid: textIn(actor["id"]),
    sproc: textIn(actor["kind"]),
    duid: textIn(event["onBehalfOf"]),
    request: textIn(event["resource"]),
    reason: textIn(decision["code"]),
    ...labelled(1, "agent", event["agent"]),
    ...labelled(2, "owner", event["owner"]),
    ...labelled(3, "task", event["task"]),
    ...labelled(4, "call", event["call"]),
    ...labelled(5, "approval", event["approval"]),
    ...labelled(6, "policies", listed(decision["reasons"])),
  }
}

function labelled(at: number, label: string, value: Json | undefined): Record<string, string | undefined> {
  const text = textIn(value)
  return text === undefined ? {} : { [`cs${at}`]: text, [`cs${at}Label`]: label }
}

function listed(value: Json | undefined): string | undefined {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string").join(",") : undefined
}

/** In the header `|` and `\` are escaped, and there is one line. */
function inHeader(text: string): string {
  return text.replaceAll(/[\\|]/g, String.raw`\$&`).replaceAll(/\p{Cc}+/gu, " ")
}

/** In the extension `=` and `\` are escaped, and the ends of lines spelt. */
function inExtension(text: string): string {
  return text
    .replaceAll(/[\\=]/g, String.raw`\$&`)
    .replaceAll("\r", String.raw`\r`)
    .replaceAll("\n", String.raw`\n`)
    .replaceAll(/\p{Cc}/gu, " ")
}
