// JUnit XML, as CI systems read it: https://github.com/testmoapp/junitxml
import { visibleText } from "@tabard/core"
import { xmlText } from "../watch/xml-text.ts"

/** One test as CI systems show it. */
export interface JunitCase {
  /** The file that it is about. */
  readonly file: string
  readonly name: string
  readonly outcome:
    | { readonly kind: "passed"; readonly said?: string }
    | {
        readonly kind: "failed" | "unread"
        readonly type?: string
        readonly message: string
        readonly said?: string
      }
}

/** Answers tests as a report. */
export function junitReport(name: string, startedAt: string, cases: readonly JunitCase[]): string {
  const countOf = (kind: JunitCase["outcome"]["kind"]): number =>
    cases.filter(({ outcome }) => outcome.kind === kind).length
  const counts = `tests="${cases.length}" failures="${countOf("failed")}" errors="${countOf("unread")}"`
  return [
    `<?xml version="1.0" encoding="UTF-8"?>`,
    `<testsuites name="${safe(name)}" ${counts}>`,
    `  <testsuite name="${safe(name)}" ${counts} timestamp="${startedAt.replace(/\.\d+Z$/, "")}">`,
    ...cases.map((each) => `    ${caseText(each)}`),
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n")
}

function caseText({ file, name, outcome }: JunitCase): string {
  const head = `<testcase classname="${safe(file)}" name="${safe(name)}"`
  const { kind, said = "" } = outcome
  if (kind === "passed")
    return said === "" ? `${head}/>` : `${head}><system-out>${safe(said)}</system-out></testcase>`
  const element = kind === "failed" ? "failure" : "error"
  const type = outcome.type === undefined ? "" : ` type="${safe(outcome.type)}"`
  const open = `<${element}${type} message="${safe(outcome.message)}"`
  return `${head}>${said === "" ? `${open}/>` : `${open}>${safe(said)}</${element}>`}</testcase>`
}

/** XML has no spelling for most controls, and for none of the noncharacters. */
function safe(text: string): string {
  return xmlText(visibleText(text).replaceAll(/\p{Noncharacter_Code_Point}/gu, "\uFFFD"))
}
