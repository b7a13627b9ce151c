# For our own scripts: build.ps1, docs, samples, tests. tests/Pester/Scripts.Tests.ps1 runs it where PSScriptAnalyzer is there.
@{
    Severity     = @('Error', 'Warning', 'Information')
    ExcludeRules = @(
        # Functions of the scripts are no commands for users.
        'PSUseShouldProcessForStateChangingFunctions'
        'PSUseSingularNouns'
        # Tools that are run from a terminal speak to it.
        'PSAvoidUsingWriteHost'
        # Pester's blocks share variables in ways that the rule does not see.
        'PSUseDeclaredVarsMoreThanAssignments'
        # Positions are what the pages teach: New-MacvtapLink mvt0 eth0.
        'PSAvoidUsingPositionalParameters'
        # Parameters of a script that its functions use look unused to the rule.
        'PSReviewUnusedParameter'
        # Comments before a function say enough; files are UTF-8 without a mark.
        'PSProvideCommentHelp'
        'PSUseBOMForUnicodeEncodedFile'
        # Text that is checked to be a command of the test itself.
        'PSAvoidUsingInvokeExpression'
    )
    Rules        = @{
        PSUseCompatibleSyntax      = @{ Enable = $true; TargetVersions = @('7.4') }
        PSPlaceOpenBrace           = @{ Enable = $true; OnSameLine = $true; IgnoreOneLineBlock = $true; NewLineAfter = $false }
        PSUseConsistentIndentation = @{ Enable = $true; IndentationSize = 4; Kind = 'space'; PipelineIndentation = 'IncreaseIndentationForFirstPipeline' }
    }
}
