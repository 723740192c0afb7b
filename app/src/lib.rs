//! The talking half of the desk: web pages, mail, jobs and the command line.

pub mod account;
pub mod cases;
pub mod checks;
pub mod cli;
pub mod config;
pub mod demo;
pub mod desk;
pub mod error;
pub mod export;
pub mod fields;
pub mod help;
pub mod jobs;
pub mod live;
pub mod locale;
pub mod mail;
pub mod notices;
pub mod people;
pub mod routes;
pub mod server;
pub mod settings;
pub mod sign_on;
pub mod start;
pub mod tickets;
pub mod upkeep;
pub mod views;
pub mod web;
