import { Problem } from "@tabard/core"

/** An application that cannot be put into force: its schema, policies or entities do not hold together. */
export class ApplicationInvalid extends Problem {
  constructor(message: string) {
    super("application_invalid", message)
  }
}
