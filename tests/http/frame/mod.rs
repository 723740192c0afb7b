//! What surrounds every page: the gate, headers, assets, errors.

mod gate;
