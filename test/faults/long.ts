/** Whether the long form was asked for: `npm run test:faults -- --long`. */
export const isLong = process.env.FAULTS_LONG === '1';
