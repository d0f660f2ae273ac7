import { isJsonObject, type Json, type JsonObject, visibleText } from "@tabard/core"

/** One line about a trust rule, for a person. What the server says is a stranger's, and made plain. */
export function ruleLine(rule: JsonObject): string {
  const warnings = objects(rule["warnings"]).length
  const told = warnings > 0 ? `  ${warnings === 1 ? "1 warning" : `${warnings} warnings`}` : ""
  return `${plain(rule["id"])}  ${plain(rule["form"]).padEnd(14)}  ${plain(rule["agentName"]).padEnd(20)}  ${plain(rule["name"])}${told}`
}

/** What a person wants to know of a rule: which tokens it takes, and what to know of that. */
export function ruleWords(rule: JsonObject): string {
  return [
    ruleLine(rule),
    `agent     ${plain(rule["agent"])}`,
    `install   ${plain(rule["instance"])}`,
    ...termsLines(rule),
  ].join("\n")
}

/** What a rule would take and what not, before it is kept. */
export function previewWords({ terms, keys, tried }: JsonObject): string {
  const said = isJsonObject(keys) && keys["found"] !== true ? [`keys      ${plain(keys["said"])}`] : []
  return [...(isJsonObject(terms) ? termsLines(terms) : []), ...said, ...objects(tried).map(triedWords)].join(
    "\n",
  )
}

/** What a rule does with one token, and why. */
export function triedWords(tried: JsonObject): string {
  const faults = objects(tried["faults"]).map(({ said }) => `            ${plain(said)}`)
  return [
    `${tried["accepted"] === true ? "takes   " : "refuses "}  ${plain(tried["title"])}`,
    ...faults.slice(0, 3),
  ].join("\n")
}

function termsLines(terms: JsonObject): readonly string[] {
  return [
    `issuer    ${plain(terms["issuer"])}`,
    `audience  ${plain(terms["audience"])}`,
    ...objects(terms["conditions"]).map(({ said }) => `only if   ${plain(said)}`),
    `counts    ${terms["oneTime"] === true ? "each token once" : "each token until it ends"}, for at most ${plain(terms["maxLifeSeconds"])} seconds`,
    ...texts(terms["networks"]).map((network) => `from      ${network}`),
    ...objects(terms["hours"]).map((window) => `within    ${windowWords(window)}`),
    ...objects(terms["warnings"]).map(({ said }) => `warning   ${plain(said)}`),
  ]
}

function windowWords({ days, from, to, zone }: JsonObject): string {
  return `${texts(days).join(", ")} ${plain(from)} to ${plain(to)} ${plain(zone)}`
}

function texts(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.map(plain) : []
}

function objects(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter((each) => isJsonObject(each)) : []
}

function plain(value: Json | undefined): string {
  if (typeof value === "number") return String(value)
  return typeof value === "string" && value !== "" ? visibleText(value) : "–"
}
