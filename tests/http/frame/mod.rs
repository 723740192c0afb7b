//! What surrounds every page: the door, the gate, headers, assets, errors.

mod assets;
mod door;
mod errors;
mod gate;
mod headers;
