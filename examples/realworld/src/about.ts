/** What the document says about the API as a whole. */
export const info = {
  title: "RealWorld Conduit API",
  version: "2.0.0",
  description: "Conduit API documentation",
  contact: { name: "RealWorld", url: "https://realworld-docs.netlify.app/" },
  license: { name: "MIT License", url: "https://opensource.org/licenses/MIT" },
};

/** Tags in the order of the document. */
export const tags = [
  { name: "User and Authentication", description: "Registering, logging in, and the current user" },
  { name: "Profile", description: "What others see of a user, and following them" },
  { name: "Articles", description: "Reading and writing articles" },
  { name: "Favorites", description: "Liking articles" },
  { name: "Comments", description: "What readers say about articles" },
  { name: "Tags", description: "The labels of articles" },
];
