.PHONY: build test demo deps format bench

SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
SIMULATED_AWS := tests/Onboarding.SimulatedAws
PROVIDER := tests/Onboarding.Attestation.Tests/Provider

build:
	dotnet build OnboardingSilo.sln --nologo

# Passes on a fresh machine; a test that hangs is named and ended; what needs a server or a tool that is not there is skipped, in one line each.
test: build
	dotnet test OnboardingSilo.sln --no-build --nologo --blame-hang-timeout 15m --blame-hang-dump-type none

# make demo KEEP=1 leaves it running and says how to look at it; AWS=1 lets a simulated EC2 instance and an ECS task join;
# SILO=3 shows three silos, of which one is killed.
demo:
	dotnet build OnboardingSilo.sln --nologo --verbosity quiet
	$(if $(AWS),$(SIMULATED_AWS)/in-namespace.sh $(SIMULATED_AWS)/bin/Debug/net10.0/simulated-aws demo,src/Onboarding.Cli/bin/Debug/net10.0/onboardctl demo $(if $(KEEP),--keep) $(if $(SILO),--silos $(SILO)))

# The servers and tools that tests use.
deps:
	$(SUDO) apt-get update -qq
	$(SUDO) apt-get install -y -qq --no-install-recommends postgresql redis-server
	npm install --prefix $(PROVIDER) --no-audit --no-fund --no-package-lock

format:
	dotnet format OnboardingSilo.sln

bench:
	dotnet run --configuration Release --project tests/Onboarding.Benchmarks -- --filter '*'
