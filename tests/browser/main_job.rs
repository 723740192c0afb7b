//! A mail becomes a ticket, is classified, answered, answered back, closed and proven.

use crate::hands::Way;
use crate::job::Job;

#[tokio::test]
async fn an_agent_does_the_whole_job_with_a_mouse() {
    Job::do_all(Way::Mouse).await;
}

#[tokio::test]
async fn an_agent_does_the_whole_job_by_keyboard_alone() {
    Job::do_all(Way::Keyboard).await;
}

#[tokio::test]
async fn an_agent_does_the_whole_job_without_scripts() {
    Job::do_all(Way::Plain).await;
}
