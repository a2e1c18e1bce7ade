//! Spans on their way to a collector: OTLP in protobuf over HTTP, in batches, beside the work.
//!
//! A collector that is away costs nothing but the spans: what waits is bounded, and what comes beyond that is let go.

use crate::config::TelemetrySettings;
use crate::error::Error;
use opentelemetry::trace::TracerProvider as _;
use opentelemetry_http::{Bytes, HttpClient, HttpError, Request, Response};
use opentelemetry_otlp::{Protocol, SpanExporter, WithExportConfig as _, WithHttpConfig as _};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::{BatchConfigBuilder, BatchSpanProcessor, Sampler, SdkTracerProvider, Tracer};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::time::Duration;
use tokio::runtime::Handle;
use tracing::{Level, Metadata, Subscriber};
use tracing_opentelemetry::OpenTelemetryLayer;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::registry::LookupSpan;

/// Longest wait for the collector.
const PATIENCE: Duration = Duration::from_secs(5);

/// Time between two batches.
const RHYTHM: Duration = Duration::from_secs(2);

/// Spans that may wait to be sent.
const WAITING: usize = 2_048;

/// Spans that are sent at once.
const BATCH: usize = 512;

/// How long a stop waits for the last spans to leave.
const FAREWELL: Duration = Duration::from_secs(2);

/// Sends spans, until it is stopped.
pub struct Exporter(SdkTracerProvider);

impl Exporter {
    /// The one that the settings call for, if they call for one.
    ///
    /// # Errors
    ///
    /// [`Error::Startup`] if the address is none, or TLS cannot be set up.
    pub fn start(settings: &TelemetrySettings) -> Result<Option<Self>, Error> {
        let wrong = |why: String| Error::Startup(format!("telemetry.otlp_endpoint: {why}"));
        let Some(address) = settings.traces_to().map_err(wrong)? else {
            return Ok(None);
        };
        // An error says that a provider is installed already, which is all that is wanted.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut client = reqwest::Client::builder()
            .timeout(PATIENCE)
            .redirect(reqwest::redirect::Policy::none());
        if address.scheme() == "http" {
            client = client.no_proxy();
        }
        let client = client.build().map_err(|error| wrong(error.to_string()))?;
        let exporter = SpanExporter::builder()
            .with_http()
            .with_http_client(Client {
                http: client,
                runtime: Handle::current(),
                is_away: Arc::default(),
            })
            .with_protocol(Protocol::HttpBinary)
            .with_endpoint(address.as_str())
            .with_timeout(PATIENCE)
            .build()
            .map_err(|error| wrong(error.to_string()))?;
        let rhythm = BatchConfigBuilder::default()
            .with_max_queue_size(WAITING)
            .with_max_export_batch_size(BATCH)
            .with_scheduled_delay(RHYTHM)
            .build();
        let processor = BatchSpanProcessor::builder(exporter)
            .with_batch_config(rhythm)
            .build();
        let resource = Resource::builder_empty()
            .with_service_name(settings.service_name.clone())
            .with_attribute(opentelemetry::KeyValue::new(
                "service.version",
                env!("CARGO_PKG_VERSION"),
            ))
            .build();
        let share = Sampler::TraceIdRatioBased(settings.sample_ratio);
        let provider = SdkTracerProvider::builder()
            .with_resource(resource)
            .with_sampler(Sampler::ParentBased(Box::new(share)))
            .with_span_processor(processor)
            .build();
        Ok(Some(Self(provider)))
    }

    /// Takes our spans, and none of anybody else's; whatever is logged stays in the log.
    #[must_use]
    pub fn layer<S>(&self) -> impl Layer<S> + use<S>
    where
        S: Subscriber + for<'span> LookupSpan<'span>,
    {
        let tracer: Tracer = self.0.tracer(env!("CARGO_CRATE_NAME"));
        OpenTelemetryLayer::new(tracer)
            .with_location(false)
            .with_threads(false)
            .with_target(false)
            .with_level(false)
            .with_tracked_inactivity(false)
            .with_context_activation(false)
            .with_filter(filter_fn(is_ours))
    }

    /// Sends what is left, if the collector takes it soon.
    pub async fn stop(self) {
        let stopped = tokio::task::spawn_blocking(move || self.0.shutdown_with_timeout(FAREWELL));
        if !matches!(stopped.await, Ok(Ok(()))) {
            tracing::warn!("the last spans could not be sent");
        }
    }
}

fn is_ours(span: &Metadata<'_>) -> bool {
    let ours = span.target().split("::").next() == Some(env!("CARGO_CRATE_NAME"));
    ours && span.is_span() && *span.level() <= Level::INFO
}

/// The program's own way of speaking HTTP, for a thread that has no runtime.
#[derive(Clone, Debug)]
struct Client {
    http: reqwest::Client,
    runtime: Handle,
    is_away: Arc<AtomicBool>,
}

impl HttpClient for Client {
    fn send_bytes<'life0, 'async_trait>(
        &'life0 self,
        request: Request<Bytes>,
    ) -> Pin<Box<dyn Future<Output = Result<Response<Bytes>, HttpError>> + Send + 'async_trait>>
    where
        'life0: 'async_trait,
        Self: 'async_trait,
    {
        Box::pin(async move {
            let client = self.http.clone();
            let sent = self
                .runtime
                .spawn(async move { client.send_bytes(request).await });
            let answered = sent.await.map_err(Into::into).flatten();
            let is_away = !answered.as_ref().is_ok_and(|answer| answer.status().is_success());
            // Said once, when it changes: nobody wants a line for each batch.
            if self.is_away.swap(is_away, Relaxed) != is_away {
                if is_away {
                    tracing::warn!("spans cannot be sent: the collector does not take them");
                } else {
                    tracing::info!("spans are sent again");
                }
            }
            answered
        })
    }
}
