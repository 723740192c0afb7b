//! What surrounds every page: the gate, headers, assets, errors.

mod assets;
mod errors;
mod gate;
mod headers;
