import { isJsonObject, type Json, type JsonObject, visibleText } from "@tabard/core"

/** Says what agents ask, a paragraph each. What the server says is a stranger's, and made plain. */
export function approvalsWords(page: JsonObject, state: string): string {
  const questions = listOf(page["items"])
  if (questions.length === 0) return `No question is ${state}.`
  return questions.map(approvalWords).join("\n\n")
}

/** Says one question: what is asked, of whom, how many of them have agreed, and who. */
export function approvalWords(question: JsonObject): string {
  const server = objectOf(question["server"])
  const on = server["name"] === undefined ? "" : ` on ${textOf(server["name"])}`
  return [
    `${nameOf(question["agent"])}: ${textOf(question["tool"])}${on}`,
    `  ${textOf(question["id"])}  ${textOf(question["state"])}, until ${textOf(question["expiresAt"])}`,
    ...listOf(question["asked"]).map(
      ({ who, needed, agreed }) =>
        `  asked of  ${textOf(who)} (${numberOf(agreed)} of ${numberOf(needed)} agreed)`,
    ),
    ...listOf(question["agreed"]).map(({ by, at }) => `  agreed    ${nameOf(by)}, ${textOf(at)}`),
    ...deniedLine(question),
    ...textsOf(question["say"]).map((say) => `  why       ${say}`),
  ].join("\n")
}

function deniedLine({ state, answeredBy, answeredAt }: JsonObject): readonly string[] {
  return state === "denied" ? [`  denied    ${nameOf(answeredBy)}, ${textOf(answeredAt)}`] : []
}

function nameOf(value: Json | undefined): string {
  return textOf(objectOf(value)["name"])
}

function objectOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {}
}

function listOf(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter((each) => isJsonObject(each)) : []
}

function textsOf(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.map((each: Json) => textOf(each)) : []
}

function numberOf(value: Json | undefined): number {
  return typeof value === "number" ? value : 0
}

function textOf(value: unknown): string {
  return typeof value === "string" && value !== "" ? visibleText(value).slice(0, 2000) : "–"
}
