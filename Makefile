.PHONY: build test demo deps format bench

build:
	dotnet build OnboardingSilo.sln

test:
	dotnet test OnboardingSilo.sln

demo:
	dotnet build OnboardingSilo.sln -v quiet
	dotnet run --project src/Onboarding.Cli --no-build -- demo

format:
	dotnet format OnboardingSilo.sln
