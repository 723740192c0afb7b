//! Signing in by a provider: a real one, and one whose answers are bent on their way.

mod arrival;
mod by_hand;
mod door;
mod leaving;
mod lies;
mod rules;
mod settings;
