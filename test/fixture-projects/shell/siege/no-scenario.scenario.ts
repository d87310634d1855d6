export default () => Promise.resolve({ target: undefined });
