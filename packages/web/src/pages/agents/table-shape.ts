import { useSyncExternalStore } from "react"

const PHONE = "(max-width: 767px)"
const ROW = 36
const ROW_ON_A_PHONE = 60

/**
 * The columns of header and rows: two lines of two on a phone, fewer on a tablet, all on a desk.
 *
 * The widths are told in rem as those of `md` are: only widths of one unit are put in order, and the last one wins.
 */
export const GRID =
  "grid items-center gap-x-4 px-2 max-md:grid-cols-[minmax(0,1fr)_auto] max-md:grid-rows-2 max-md:gap-y-0 max-md:py-2 md:grid-cols-[minmax(0,3fr)_minmax(5.5rem,1fr)_6.5rem_5.5rem] min-[64rem]:grid-cols-[minmax(0,2.2fr)_minmax(5.5rem,1fr)_6.5rem_5.5rem_8rem] min-[90rem]:grid-cols-[minmax(9rem,2.8fr)_4.5rem_minmax(5.5rem,1fr)_6.5rem_5rem_minmax(6.5rem,1fr)_5.5rem_3.5rem_7.5rem_4.5rem]"

/** How each column stands in that grid. */
export const CELLS: Readonly<Record<string, string>> = {
  name: "max-md:order-1",
  category: "max-[90rem]:hidden",
  owner: "max-md:order-3 max-md:text-small",
  state: "max-md:order-2 max-md:justify-end max-md:text-small",
  risk: "max-md:order-4 max-md:justify-end max-md:text-small",
  autonomy: "max-[90rem]:hidden",
  tier: "max-[90rem]:hidden",
  servers: "max-[90rem]:hidden min-[90rem]:justify-end min-[90rem]:pr-3",
  credentials: "max-[64rem]:hidden",
  lastSeen: "max-[90rem]:hidden",
}

/** Answers how high a row is on this screen. */
export function useRowHeight(): number {
  const onAPhone = useSyncExternalStore(subscribe, () => window.matchMedia(PHONE).matches)
  return onAPhone ? ROW_ON_A_PHONE : ROW
}

function subscribe(changed: () => void): () => void {
  const query = window.matchMedia(PHONE)
  query.addEventListener("change", changed)
  return () => query.removeEventListener("change", changed)
}
