/** The variable of the environment with what whoever asks and trusted workers share. */
export const SECRET = "SIEGE_QUEUE_SECRET";
