export type { Event, Listener, Time } from './engine/event.ts';
export { REASONS, type Reason, type ReasonCode } from './engine/reason.ts';
export { createSimulation, type SimulationOptions } from './engine/simulate.ts';
export type { Simulation } from './engine/simulation.ts';
export { type Applied, apply, applyAll } from './model/apply.ts';
export { emptyNetwork } from './model/empty.ts';
export type { Network, Place } from './model/network.ts';
export type { Operation } from './model/operation.ts';
export { type Refusal, refusalLine } from './model/refusal.ts';
