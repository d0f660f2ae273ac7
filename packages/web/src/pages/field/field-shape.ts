import type { Category, RiskBand } from "@tabard/core"
import { RISK_BAND_STARTS } from "@tabard/core"
import { scaleLinear } from "d3-scale"
import type { Spot } from "./spots.ts"

/** Each side of the risk goes from 0 to this. */
export const SIDE_MAX = 10

/** The room around the picture, for what stands at its axes, in pixels. */
export const ROOM = { left: 34, right: 14, top: 14, bottom: 38 } as const

const HEIGHT_MIN = 280
const HEIGHT_MAX = 440
const CURVE_POINTS = 40
const RADIUS = 5.5
const RADIUS_MAX = 17

/** Where things stand in a picture of some width. */
export interface FieldShape {
  readonly width: number
  readonly height: number
  readonly x: (access: number) => number
  readonly y: (autonomy: number) => number
}

/** Answers the shape of a picture that is so wide. */
export function fieldShape(width: number): FieldShape {
  const height = Math.round(Math.min(HEIGHT_MAX, Math.max(HEIGHT_MIN, width * 0.58)))
  return {
    width,
    height,
    x: scaleLinear([0, SIDE_MAX], [ROOM.left, width - ROOM.right]),
    y: scaleLinear([0, SIDE_MAX], [height - ROOM.bottom, ROOM.top]),
  }
}

/** Draws the part of the picture in which a band or a worse one lies: above the curve of its equal products. */
export function bandPath(band: RiskBand, { x, y }: FieldShape): string {
  const start = RISK_BAND_STARTS[band]
  const from = start / SIDE_MAX
  const curve = Array.from({ length: CURVE_POINTS + 1 }, (_, at) => {
    const access = from + ((SIDE_MAX - from) * at) / CURVE_POINTS
    return `${x(access).toFixed(1)},${y(start / access).toFixed(1)}`
  })
  return `M${curve.join("L")}L${x(SIDE_MAX)},${y(SIDE_MAX)}Z`
}

/** Answers how large a spot is drawn: its area grows with the number of agents. */
export function radiusOf({ agents }: Spot): number {
  return Math.min(RADIUS_MAX, RADIUS * Math.sqrt(1 + (agents.length - 1) * 0.8))
}

// Agents of different categories in one place stand beside each other, so that each can be seen.
const ASIDE: Readonly<Record<Category, number>> = { chatbot: -7, local: 0, production: 7 }
const ASIDE_UNKNOWN = 14

/** Answers the middle of a spot, in pixels. */
export function middleOf(spot: Spot, { x, y }: FieldShape): { readonly x: number; readonly y: number } {
  return {
    x: x(spot.access) + (spot.category === null ? ASIDE_UNKNOWN : ASIDE[spot.category]),
    y: y(spot.autonomy),
  }
}
