import { type Clock, visibleText } from "@tabard/core"
import { type ScanProgress, type ScanReporter } from "@tabard/scan"

/** Where progress is drawn: only a terminal shows it. */
export interface ProgressScreen {
  write(text: string): unknown
  readonly isTTY?: boolean
  readonly columns?: number
}

const REDRAW_MS = 80
const WIDTH = 16
const CLEAR_LINE = "\r\u001B[2K"

/** Draws how far a scan is on one line of a terminal, and nothing where there is none. */
export class ScanProgressBar implements ScanReporter {
  readonly #screen: ProgressScreen
  readonly #clock: Clock
  #drawnAt = 0
  #step = 0

  constructor(screen: ProgressScreen, clock: Clock) {
    this.#screen = screen
    this.#clock = clock
  }

  observed(): void {}

  unreadable(): void {}

  progress(progress: ScanProgress): void {
    const now = this.#clock.now().getTime()
    if (!this.#screen.isTTY || now - this.#drawnAt < REDRAW_MS) return
    this.#drawnAt = now
    this.#screen.write(CLEAR_LINE + this.#line(progress))
  }

  /** Leaves the line empty, for what is written next. */
  clear(): void {
    if (this.#drawnAt > 0) this.#screen.write(CLEAR_LINE)
  }

  /** How much there is to read is not known beforehand, so a block wanders instead of a bar filling. */
  #line({ filesSeen, filesRead, place }: ScanProgress): string {
    const at = this.#step++ % WIDTH
    const bar = "░".repeat(at) + "█" + "░".repeat(WIDTH - 1 - at)
    const line = `${bar} ${filesSeen} files seen, ${filesRead} read  ${visibleText(place)}`
    return line.slice(0, Math.max(20, (this.#screen.columns ?? 80) - 1))
  }
}
