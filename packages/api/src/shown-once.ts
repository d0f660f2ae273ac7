import type { Operations } from "./operations.ts"

const OPERATIONS_SHOWN_ONCE: readonly (keyof Operations)[] = [
  "changeSink",
  "createNotificationChannel",
  "enrol",
  "enrolReporter",
  "inviteAgain",
  "invitePerson",
  "makeApiToken",
  "makeSignalSource",
  "makeSink",
  "offerEnrolment",
  "offerReporterEnrolment",
  "rotateNotificationChannel",
]

/** Answers whether an operation's answer holds what is shown once and kept nowhere, not even to answer again. */
export function isShownOnce(operation: string): boolean {
  return OPERATIONS_SHOWN_ONCE.some((one) => one === operation)
}
