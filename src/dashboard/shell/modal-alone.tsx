/** By itself, so that it is loaded when the first window is opened. */
export { Modal } from '@mantine/core';
