/** A program that runs, with the words it was started with. They may hold secrets, and go no further than the reading of them. */
export interface RunningProcess {
  readonly pid: number
  readonly parent: number
  readonly command: readonly string[]
}

/** The programs that were seen to run, and what of them could not be seen. */
export interface ProcessList {
  readonly processes: readonly RunningProcess[]
  readonly shortfall?: string
}

/** Answers the programs that one person runs on this machine. One that ends meanwhile, or may not be looked at, is left out. */
export type ListProcesses = (signal: AbortSignal) => Promise<ProcessList>

/** More than any person runs; what is behind them is told as not seen. */
export const MOST_PROCESSES = 20_000
/** Enough to know a program and its flags by; systems allow megabytes. */
export const LONGEST_COMMAND = 32_768
