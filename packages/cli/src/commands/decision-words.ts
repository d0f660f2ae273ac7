import { askWords, isJsonObject, type Json, type JsonObject, visibleText } from "@tabard/core"

/** Says a decision and why it came out so, the answer first. What the server says is a stranger's, and made plain. */
export function decisionWords(decision: JsonObject, { cedar }: { readonly cedar: boolean }): string {
  const answer = objectOf(decision["answer"])
  return [
    textOf(decision["sentence"]),
    [decision["at"], decision["id"], decision["call"], decision["code"]].map(textOf).join("  "),
    ...answerWords(answer),
    ...listOf(decision["decidedBy"]).flatMap((policy) => policyWords(policy, cedar)),
    decision["approval"] ? `approval  ${textOf(decision["approval"])}` : "",
    decision["event"] ? `record    ${textOf(decision["event"])}` : "",
  ]
    .filter((line) => line !== "")
    .join("\n")
}

/** Says what would be decided, and what would be otherwise. */
export function supposedWords(supposed: JsonObject): string {
  const differences = Array.isArray(supposed["difference"]) ? supposed["difference"] : []
  return [
    textOf(supposed["sentence"]),
    ...differences.map((line: Json) => `  ${textOf(line)}`),
    ...answerWords(objectOf(supposed["answer"])),
    policiesLine(objectOf(supposed["answer"])["reasons"]),
  ]
    .filter((line) => line !== "")
    .join("\n")
}

function answerWords(answer: JsonObject): readonly string[] {
  const missing = textOf(answer["missing"])
  return [
    ...listOf(answer["links"]).map(
      (link) =>
        `  ${textOf(link["kind"]).padEnd(6)} ${textOf(link["effect"]).padEnd(7)} ${textOf(link["name"])}`,
    ),
    ...listOf(answer["asks"]).map(
      (ask) => `asks      ${askWords(textOf(ask["route"]))}: ${textOf(ask["say"])}`,
    ),
    missing === "–" ? "" : `needed    ${missing}`,
  ]
}

function policyWords(policy: JsonObject, cedar: boolean): readonly string[] {
  const say = policy["say"] ? `: ${textOf(policy["say"])}` : ""
  const text = policy["text"]
  const head = `policy    ${textOf(policy["id"])} ${textOf(policy["effect"])}s${say}`
  if (!cedar) return [head]
  if (typeof text !== "string") return [head, "            (another agent's, which you may not see)"]
  return [head, ...text.split("\n").map((line) => `            ${visibleText(line)}`)]
}

function policiesLine(reasons: Json | undefined): string {
  return Array.isArray(reasons) && reasons.length > 0
    ? `policies  ${reasons.map((one: Json) => textOf(one)).join(", ")}`
    : ""
}

function objectOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {}
}

function listOf(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter((each) => isJsonObject(each)) : []
}

function textOf(value: unknown): string {
  return typeof value === "string" && value !== "" ? visibleText(value).slice(0, 2000) : "–"
}
