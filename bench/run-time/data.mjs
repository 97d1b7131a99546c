// What every server answers with. `secret` and `internalCost` are not in the schemas: they must not reach the wire.

/** A product of about 1 KB, valid by every dialect of the schemas. */
export const item = {
  sku: "ABC-12345",
  uuid: "2f1c7a52-6f0e-4a4e-9d5d-0d0d6f3b9a11",
  name: "Cordless drill driver 18V",
  description:
    "Compact two-speed drill driver with brushless motor, metal chuck and LED work light. " +
    "Ships with two batteries and a charger in a case.",
  price: 129.99,
  currency: "EUR",
  inStock: true,
  quantity: 42,
  weight: 1.25,
  rating: 4.5,
  category: "tools",
  tags: ["drill", "cordless", "brushless", "18v"],
  dimensions: { length: 21.5, width: 7.2, height: 19.8, unit: "cm" },
  supplier: {
    name: "Acme Tools GmbH",
    email: "sales@acme-tools.example",
    address: { street: "Hauptstrasse 12", city: "Berlin", zip: "10115", country: "DE" },
  },
  variants: [
    { id: 1, color: "red", size: "S", price: 119.99, stock: 3 },
    { id: 2, color: "blue", size: "M", price: 129.99, stock: 12 },
    { id: 3, color: "green", size: "L", price: 139.99, stock: 0 },
    { id: 4, color: "black", size: "XL", price: 149.99, stock: 27 },
  ],
  createdAt: "2026-01-15T08:30:00.000Z",
  updatedAt: "2026-02-20T17:45:12.123Z",
  active: true,
  note: null,
};

/** The fields of a row that the schemas name. */
const publicRows = Array.from({ length: 100 }, (_, index) => ({
  id: index + 1,
  sku: `ABC-${10000 + index}`,
  name: `Product number ${index + 1}`,
  price: 10 + index * 1.25,
  currency: "EUR",
  inStock: index % 3 !== 0,
  quantity: index * 3,
  rating: (index % 50) / 10,
  createdAt: "2026-01-15T08:30:00.000Z",
  owner: `owner-${index}@example.com`,
}));

/** What a client may see of the list. */
export const publicList = { items: publicRows, total: 100 };

/** What a form of S6 says, as text and as its schema reads it. */
export const login = {
  name: "Ada Lovelace",
  email: "ada@example.com",
  age: 36,
  remember: true,
  interest: ["engines", "poetry", "mathematics"],
};

/** A file of 10 MiB that no compression and no pattern makes smaller. */
export const upload = { size: 10 * 1024 * 1024 };

/** The parameters of a search, as their schema reads them: 22 names, 28 values. */
export const search = {
  q: "cordless drill",
  page: 2,
  limit: 50,
  sort: "price",
  order: "desc",
  minPrice: 10.5,
  maxPrice: 199.99,
  inStock: true,
  brand: ["acme", "bolt", "craft"],
  color: ["red", "blue"],
  size: [1, 2, 3],
  rating: 4,
  seller: 123,
  country: "DE",
  language: "de",
  currency: "EUR",
  since: "2026-01-15",
  until: "2026-02-20",
  warehouse: ["north", "south"],
  weight: 1.25,
  isNew: false,
  isSale: true,
};

export const hello = () => ({ hello: "world" });

export const listItems = () => storedList;

export const readItem = (id, q, limit) => ({
  id,
  q: q ?? null,
  limit,
  name: `Item ${id}`,
  tags: ["a", "b"],
  secret: "x",
});

export const createItem = (created) => ({ id: 42, item: created, secret: "x" });

const storedList = {
  items: publicRows.map((row, index) => ({ ...row, internalCost: index * 0.5 })),
  total: 100,
  secret: "x",
};
