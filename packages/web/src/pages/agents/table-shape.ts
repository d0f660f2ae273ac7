import { useSyncExternalStore } from "react"

const PHONE = "(max-width: 767px)"
const ROW = 36
const ROW_ON_A_PHONE = 60
const GAP = 16

/** How a column is called, and how wide it is. */
interface ColumnShape {
  readonly label: string
  /** The least that it needs, in pixels. */
  readonly least: number
  /** Its share of what is left over; none where it always has what it needs. */
  readonly share?: number
}

/** The columns of the table, in the order in which they stand. */
export const COLUMN_SHAPES = {
  name: { label: "Name", least: 260, share: 2.6 },
  category: { label: "Category", least: 80 },
  owner: { label: "Owner", least: 100, share: 1 },
  state: { label: "State", least: 104 },
  risk: { label: "Risk", least: 152 },
  sides: { label: "Access × autonomy", least: 116 },
  autonomy: { label: "Runs unasked", least: 104, share: 0.8 },
  tier: { label: "Tier", least: 88 },
  servers: { label: "Servers", least: 56 },
  credentials: { label: "Credentials", least: 120 },
  reporter: { label: "Seen by", least: 110, share: 0.8 },
  lastSeen: { label: "Last seen", least: 72 },
} as const satisfies Readonly<Record<string, ColumnShape>>

/** One column of the table. */
export type ColumnId = keyof typeof COLUMN_SHAPES

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the table is closed by its type
const IN_ORDER = Object.keys(COLUMN_SHAPES) as readonly ColumnId[]

/** Those that can be chosen: without its name a row is nobody's. */
export const CHOOSABLE: readonly ColumnId[] = IN_ORDER.filter((id) => id !== "name")

/** What stays where there is room for little; the first ones longest. */
const BY_WEIGHT: readonly ColumnId[] = [
  "name",
  "owner",
  "state",
  "risk",
  "credentials",
  "category",
  "lastSeen",
  "sides",
  "autonomy",
  "reporter",
]

/** As the picking boxes take it, beside the other columns. */
const BOX = 20

/** Answers the columns that find room, in their order: those that were chosen, or the weightiest. */
export function columnsWithin(width: number, chosen: readonly ColumnId[] | undefined): readonly ColumnId[] {
  let left = width - BOX - GAP
  const fitting = new Set<ColumnId>()
  for (const id of chosen ? (["name", ...chosen] as const) : BY_WEIGHT) {
    left -= COLUMN_SHAPES[id].least + (fitting.size > 0 ? GAP : 0)
    if (left < 0 && fitting.size > 0) break
    fitting.add(id)
  }
  return IN_ORDER.filter((id) => fitting.has(id))
}

/** Answers how these columns share the width, as a grid is told. */
export function gridTemplate(ids: readonly ColumnId[]): string {
  const tracks = ids.map((id) => {
    const { least, share }: ColumnShape = COLUMN_SHAPES[id]
    return share === undefined ? `${least}px` : `minmax(${Math.min(least, 160)}px, ${share}fr)`
  })
  return [`${BOX}px`, ...tracks].join(" ")
}

/** The grid of header and rows: two lines of two on a phone, columns elsewhere. */
export const GRID =
  "grid items-center gap-x-4 px-2 max-md:grid-cols-[1.25rem_minmax(0,1fr)_auto] max-md:grid-rows-2 max-md:gap-y-0 max-md:py-2"

/** How a column stands in it on a phone; what is not here is left out there. */
export const ON_A_PHONE: Readonly<Partial<Record<ColumnId, string>>> = {
  name: "max-md:order-1",
  owner: "max-md:order-3 max-md:text-small",
  state: "max-md:order-2 max-md:justify-end max-md:text-small",
  risk: "max-md:order-4 max-md:justify-end max-md:text-small",
}

/** Answers whether this is a phone, and how high a row is here. */
export function useRowShape(): { readonly onAPhone: boolean; readonly height: number } {
  const onAPhone = useSyncExternalStore(subscribe, () => window.matchMedia(PHONE).matches)
  return { onAPhone, height: onAPhone ? ROW_ON_A_PHONE : ROW }
}

function subscribe(changed: () => void): () => void {
  const query = window.matchMedia(PHONE)
  query.addEventListener("change", changed)
  return () => query.removeEventListener("change", changed)
}
