import { mkdir, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"

/** What a repository is made of, in shares of a hundred. */
const KINDS: readonly (readonly [share: number, extension: string, text: (n: number) => string])[] = [
  [28, "ts", (n) => `import { join } from "node:path"\n${typescript(n)}`],
  [4, "ts", (n) => `import OpenAI from "openai"\nconst client = new OpenAI()\n${typescript(n)}`],
  [
    1,
    "ts",
    (n) => `import { Agent } from "@openai/agents"\nconst agent = new Agent({ name: "helper ${n}" })\n`,
  ],
  [27, "py", (n) => `import os\n${python(n)}`],
  [4, "py", (n) => `from langchain_core.prompts import PromptTemplate\n${python(n)}`],
  [1, "py", (n) => `from crewai import Agent\nhelper_${n} = Agent(role="helper", goal="help")\n`],
  [
    15,
    "json",
    (n) => JSON.stringify({ records: Array.from({ length: 40 }, (_, at) => ({ id: n + at })) }, null, 2),
  ],
  [10, "yaml", (n) => Array.from({ length: 60 }, (_, at) => `key_${at}: value ${n}`).join("\n")],
  [10, "md", (n) => `# Page ${n}\n\n${"An agent is described here, and none is declared. ".repeat(50)}\n`],
]

/** How many agents {@link writeRepository} declares in so many files. */
export function agentsIn(files: number): number {
  return Array.from({ length: files }, (_, n) => n).filter((n) => declares(n)).length
}

/** Writes a repository of so many files, of which two in a hundred declare an agent. */
export async function writeRepository(root: string, files: number): Promise<void> {
  for (let n = 0; n < files; n++) {
    const [, extension, text] = kindOf(n)
    const path = join(root, `part-${n % 40}/module-${n % 7}/file-${n}.${extension}`)
    if (n < 280) await mkdir(dirname(path), { recursive: true })
    await writeFile(path, text(n))
  }
}

function kindOf(n: number): (typeof KINDS)[number] {
  let left = (n * 37) % 100
  for (const kind of KINDS) {
    left -= kind[0]
    if (left < 0) return kind
  }
  throw new RangeError("the shares do not come to a hundred")
}

function declares(n: number): boolean {
  return kindOf(n)[0] === 1
}

function typescript(n: number): string {
  return Array.from(
    { length: 40 },
    (_, at) =>
      `export function step${at}(value: number): string {\n  return join("${n}", String(value * ${at}))\n}\n`,
  ).join("\n")
}

function python(n: number): string {
  return Array.from(
    { length: 40 },
    (_, at) => `def step_${at}(value):\n    return os.path.join("${n}", str(value * ${at}))\n`,
  ).join("\n")
}
