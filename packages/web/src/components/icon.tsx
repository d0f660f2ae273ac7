import type { ReactNode } from "react"

// Drawn on a grid of 16, stroke 1.5; each is one path.
const PATHS = {
  overview:
    "M2.5 9V3a.5.5 0 0 1 .5-.5h4V9Zm6.5-6.5h4a.5.5 0 0 1 .5.5v2.5H9Zm0 5h4.5V13a.5.5 0 0 1-.5.5H9ZM2.5 11H7v2.5H3a.5.5 0 0 1-.5-.5Z",
  agents: "M5.5 1.5 2 3.5v3.5h2V14h8V7h2V3.5l-3.5-2a2.6 2.6 0 0 1-5 0Z",
  approvals: "M14 8a6 6 0 1 1-2.3-4.7M5.5 7.5 8 10l5.5-6",
  audit: "M3 2.5h7l3 3v8H3Zm2.5 5h5m-5 3h5M5.5 5H8",
  decisions: "M8 14V9.5m0 0L3.5 5V2m4.5 7.5L12.5 5V2M2 3.5 3.5 2 5 3.5m6 0L12.5 2 14 3.5",
  findings: "M4 14V2.5h8.5l-2 3 2 3H4",
  medium: "M8 2 14 8 8 14 2 8ZM8 5.5v2.7m0 1.8v.2",
  sources:
    "M8 9.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3ZM4.8 11.2a4.5 4.5 0 0 1 0-6.4m6.4 0a4.5 4.5 0 0 1 0 6.4M2.7 13.3a7.5 7.5 0 0 1 0-10.6m10.6 0a7.5 7.5 0 0 1 0 10.6",
  search: "M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10Zm3.6-1.4L14 14",
  light:
    "M8 10.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6ZM8 1.5V3m0 10v1.5M1.5 8H3m10 0h1.5M3.4 3.4l1 1m7.2 7.2 1 1m0-9.2-1 1m-7.2 7.2-1 1",
  dark: "M13.5 9.7A5.8 5.8 0 0 1 6.3 2.5a5.8 5.8 0 1 0 7.2 7.2Z",
  system: "M2 3h12v8H2Zm4 10.5h4M8 11v2.5",
  down: "m4 6 4 4 4-4",
  right: "m6 4 4 4-4 4",
  left: "m10 4-4 4 4 4",
  copy: "M5.5 5.5h8v8h-8Zm-3 5v-8h8",
  check: "m3 8.5 3.5 3.5L13 4.5",
  cross: "m4 4 8 8m0-8-8 8",
  warning: "M8 2 1.5 13.5h13ZM8 6.5v3.2m0 1.8v.2",
  stop: "M5.3 1.8h5.4l3.5 3.5v5.4l-3.5 3.5H5.3l-3.5-3.5V5.3ZM5.5 8h5",
  pause: "M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0ZM6.5 6v4m3-4v4",
  active: "M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0ZM5.5 8.2l1.8 1.8 3.2-3.8",
  discovered: "M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0ZM8 7.9v.2",
  proposed: "M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0ZM8 4.5V8l2.3 1.5",
  ended: "M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0ZM6 6l4 4m0-4-4 4",
  dismissed: "M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0ZM3.8 3.8l8.4 8.4",
  nobody: "M8 7.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Zm-5 6a5 5 0 0 1 6-4.5M11 11l3 3m0-3-3 3",
  key: "M10 9a3.5 3.5 0 1 0-3.3-2.3L2 11.4V14h2.6v-1.5h1.5V11h1.4l1.1-2.2c.4.1.9.2 1.4.2Zm.8-4.3v.2",
  more: "M3 8.4a.4.4 0 1 0 0-.8.4.4 0 0 0 0 .8Zm5 0a.4.4 0 1 0 0-.8.4.4 0 0 0 0 .8Zm5 0a.4.4 0 1 0 0-.8.4.4 0 0 0 0 .8Z",
  proof: "M8 1.5 2.5 3.5v4c0 3.3 2.2 5.8 5.5 7 3.3-1.2 5.5-3.7 5.5-7v-4ZM5.5 8l2 2 3-3.5",
  leave: "M6 2.5H3v11h3M7 8h7m-2.5-2.5L14 8l-2.5 2.5",
  people: "M8 7.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Zm-5 6a5 5 0 0 1 10 0",
  bell: "M4 11V7.2a4 4 0 0 1 8 0V11l1.3 1.5H2.7Zm2.5 3h3M8 1.5v1.7",
  plus: "M8 3v10M3 8h10",
  server: "M2.5 3h11v4h-11Zm0 6h11v4h-11ZM5 5h.2M5 11h.2M8 5h3M8 11h3",
  "system-reached": "M8 2.5 13.5 5.3 8 8 2.5 5.3ZM2.5 8 8 10.8 13.5 8M2.5 10.8 8 13.5l5.5-2.7",
  scan: "M2.5 5.5v-3h3m5 0h3v3m0 5v3h-3m-5 0h-3v-3M2.5 8h11",
  settings:
    "M2.5 4.5h6m3.5 0h1.5M2.5 11.5H4m3.5 0h6M10.2 6.2a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4Zm-4.4 7a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4Z",
} as const

/** One of the console's drawings. */
export type IconName = keyof typeof PATHS

/** Draws an icon in the colour of the text beside it; it says nothing that the text does not. */
export function Icon({ name, className = "size-4" }: { name: IconName; className?: string }): ReactNode {
  return (
    <svg
      viewBox="0 0 16 16"
      className={`shrink-0 ${className}`}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  )
}
