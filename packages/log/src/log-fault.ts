/** Where a log is wrong, as near as can be told. */
export interface FaultPlace {
  readonly entry?: number
  readonly file?: string
}

/** Stops verifying at the first thing that is wrong; `verifyLog` answers it as a value. */
export class LogFault extends Error {
  override readonly name = "LogFault"
  readonly place: FaultPlace

  constructor(reason: string, place: FaultPlace = {}) {
    super(reason)
    this.place = place
  }
}
