// The OpenTelemetry Collector as its authors wrote it, of which we choose the parts: receivers of OTLP and of what is meant
// for Splunk, with acknowledgement, and an exporter that prints what came. Its settings are in the file that it is told of.
package main

import (
	"log"

	"github.com/open-telemetry/opentelemetry-collector-contrib/extension/ackextension"
	"github.com/open-telemetry/opentelemetry-collector-contrib/receiver/splunkhecreceiver"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/confmap"
	"go.opentelemetry.io/collector/confmap/provider/fileprovider"
	"go.opentelemetry.io/collector/exporter"
	"go.opentelemetry.io/collector/exporter/debugexporter"
	"go.opentelemetry.io/collector/extension"
	"go.opentelemetry.io/collector/otelcol"
	"go.opentelemetry.io/collector/receiver"
	"go.opentelemetry.io/collector/receiver/otlpreceiver"
)

func main() {
	otlp, splunk := otlpreceiver.NewFactory(), splunkhecreceiver.NewFactory()
	acknowledges, prints := ackextension.NewFactory(), debugexporter.NewFactory()
	parts := otelcol.Factories{
		Receivers:  map[component.Type]receiver.Factory{otlp.Type(): otlp, splunk.Type(): splunk},
		Extensions: map[component.Type]extension.Factory{acknowledges.Type(): acknowledges},
		Exporters:  map[component.Type]exporter.Factory{prints.Type(): prints},
	}
	settings := otelcol.CollectorSettings{
		BuildInfo: component.BuildInfo{Command: "otelcol", Version: "0.128.0"},
		Factories: func() (otelcol.Factories, error) { return parts, nil },
		ConfigProviderSettings: otelcol.ConfigProviderSettings{
			ResolverSettings: confmap.ResolverSettings{
				DefaultScheme:     "file",
				ProviderFactories: []confmap.ProviderFactory{fileprovider.NewFactory()},
			},
		},
	}
	if err := otelcol.NewCommand(settings).Execute(); err != nil {
		log.Fatal(err)
	}
}
