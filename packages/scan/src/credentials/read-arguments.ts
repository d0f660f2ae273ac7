import type { CredentialReader, NamedText } from "./credential-reader.ts"
import { readUrl } from "./read-url.ts"
import { namesSecret } from "./secret-names.ts"
import { MOST_ARGUMENTS, tooLong } from "./too-long.ts"

const ENVIRONMENT_FLAGS = new Set(["-e", "--env"])
const HEADER_FLAGS = new Set(["-H", "--header"])
/** `name:password`; two numbers, or plain names, are a user and a group. */
const PAIR_FLAGS = new Set(["-u", "--user", "--proxy-user", "--basic-auth", "--auth"])
const PAIR = /^((?!\d+:\d+$)[^\s:]{1,200}:)(?=\S*[^a-z_-])(\S{6,})$/
/** `-uname -psecret`, as database clients take them: each without a blank. */
const ATTACHED_NAME = /^-u[^\s=-]/
const ATTACHED_PASSWORD = /^(-p)(\S{6,})$/
const ASSIGNMENT = /^(-{0,2}[A-Za-z_][\w.-]*)=(.*)$/s
const HEADER = /^([A-Za-z][\w-]*):\s*(.+)$/s
const URL_START = /^[a-z][a-z0-9+.-]*:\/\//i

/** Answers the arguments of a command without the secrets in them, as many as a program is started with. */
export function readArguments(args: readonly NamedText[], reader: CredentialReader): readonly string[] {
  return args
    .slice(0, MOST_ARGUMENTS)
    .map(
      (argument, index) =>
        tooLong(argument, reader) ?? readArgument(argument, args[index - 1]?.text ?? "", reader),
    )
}

/** Answers a command line in one text without the secrets in it; the blanks stay as they were. */
export function readCommandLine(line: NamedText, reader: CredentialReader): string {
  const long = tooLong(line, reader)
  if (long !== undefined) return long
  const words = line.text.split(/(\s+)/)
  // Words and the blanks between them alternate, so the word before is two back.
  return words.map((text, index) => readWord({ ...line, text }, words[index - 2] ?? "", reader)).join("")
}

function readArgument(argument: NamedText, before: string, reader: CredentialReader): string {
  const safe = { ...argument, text: reader.take({ ...argument, name: flagName(before) }) }
  if (HEADER_FLAGS.has(before)) return readHeader(safe, reader)
  return /\s/.test(safe.text) ? readCommandLine(safe, reader) : readWord(safe, before, reader)
}

function readWord(word: NamedText, before: string, reader: CredentialReader): string {
  if (ENVIRONMENT_FLAGS.has(before) && !word.text.includes("=")) return passedOn(word, reader)
  const pair = pairIn(word.text, before)
  if (pair) return `${pair[1]}${reader.takeOpen({ ...word, name: "password", text: pair[2] ?? "" })}`
  const assignment = ASSIGNMENT.exec(word.text)
  if (assignment) return readAssignment(word, assignment, reader)
  if (URL_START.test(word.text)) return readUrl({ ...word, name: null }, reader)
  const name = flagName(before)
  return namesSecret(name) ? reader.takeOpen({ ...word, name }) : reader.takeBare({ ...word, name: null })
}

function pairIn(text: string, before: string): RegExpExecArray | null {
  if (ATTACHED_NAME.test(before)) return ATTACHED_PASSWORD.exec(text)
  return PAIR_FLAGS.has(before) ? PAIR.exec(text) : null
}

/** `-e NAME` hands on a variable of the environment: the credential is there, not here. */
function passedOn(word: NamedText, reader: CredentialReader): string {
  if (namesSecret(word.text)) reader.refer("env-reference", word.text, word.line())
  return word.text
}

function readAssignment(
  word: NamedText,
  [, name = "", text = ""]: RegExpExecArray,
  reader: CredentialReader,
): string {
  const value = { ...word, name, text }
  if (URL_START.test(text)) return `${name}=${readUrl(value, reader)}`
  return `${name}=${namesSecret(name) ? reader.takeOpen(value) : reader.takeBare(value)}`
}

function readHeader(argument: NamedText, reader: CredentialReader): string {
  const header = HEADER.exec(argument.text)
  if (!header) return reader.take(argument)
  const [, name = "", text = ""] = header
  return `${name}: ${reader.takeOpen({ ...argument, name, text })}`
}

function flagName(before: string): string | null {
  return before.startsWith("-") && !before.includes("=") ? before : null
}
