import type { FastifyInstance } from 'fastify'
import type { World } from '../world.ts'

export function checkoutRoutes(_scope: FastifyInstance, _world: World): void {}
